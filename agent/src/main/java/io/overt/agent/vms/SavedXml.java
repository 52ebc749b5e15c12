package io.overt.agent.vms;

import io.overt.agent.xml.Xml;
import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * The domain that a saved guest goes on in: the hardware as it was saved, which the guest relies
 * on, with the engine's metadata of today, which names the volumes behind the disks.
 */
final class SavedXml {

  private SavedXml() {}

  /**
   * @param saved the domain's XML when it was saved
   * @param wanted the engine's XML
   */
  static String with(String saved, String wanted) {
    Document document = Xml.parse(saved);
    Element domain = document.getDocumentElement();
    Xml.child(domain, "metadata").ifPresent(domain::removeChild);
    Xml.child(Xml.parse(wanted).getDocumentElement(), "metadata")
        .ifPresent(
            metadata ->
                domain.insertBefore(document.importNode(metadata, true), domain.getFirstChild()));
    Xml.child(domain, "devices")
        .ifPresent(
            devices -> {
              for (Element disk : Xml.children(devices, "disk")) {
                // The images below are found from the images themselves.
                List.of("backingStore", "mirror")
                    .forEach(name -> Xml.child(disk, name).ifPresent(disk::removeChild));
              }
            });
    return Xml.write(document);
  }
}
