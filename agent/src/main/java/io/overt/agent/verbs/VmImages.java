package io.overt.agent.verbs;

import io.overt.agent.storage.Merges;
import io.overt.agent.storage.VolumeAddress;
import io.overt.agent.storage.Volumes;
import io.overt.agent.vms.DiskPaths;
import java.util.Map;

/** Virtual machines' images are volumes. */
record VmImages(Volumes volumes, Merges merges) implements DiskPaths {

  @Override
  public String resolve(Image image) {
    return volumes.path(address(image));
  }

  @Override
  public String read(Image image) {
    return volumes.text(address(image));
  }

  @Override
  public void write(Image image, String text) {
    volumes.write(address(image), text);
  }

  @Override
  public void merged(Image lower, Image upper) {
    merges.noted(chain(lower, upper));
  }

  @Override
  public void separate(Image lower, Image upper) {
    merges.separate(chain(lower, upper));
  }

  private static Merges.Subchain chain(Image lower, Image upper) {
    return new Merges.Subchain(lower.domain(), lower.image(), lower.volume(), upper.volume());
  }

  @Override
  public void setSuperseded(Image image, boolean superseded) {
    volumes.change(address(image), Map.of("LEGALITY", superseded ? "ILLEGAL" : "LEGAL"));
  }

  @Override
  public void resized(Image image, long bytes) {
    volumes.change(address(image), Map.of("CAP", Long.toString(bytes)));
  }

  private static VolumeAddress address(Image image) {
    return new VolumeAddress(image.domain(), image.image(), image.volume());
  }

  /** The image that VDSM's quadruple names. */
  static Image of(Parameters call) {
    return new Image(
        call.optionalUuid("poolID"),
        call.uuid("domainID"),
        call.uuid("imageID"),
        call.uuid("volumeID"));
  }
}
