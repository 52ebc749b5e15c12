package io.overt.agent.vms;

import io.overt.agent.xml.Xml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Discs and floppies whose files come inside a domain's metadata, as a guest's first configuration
 * does. The files may hold secrets: they are taken out of the XML before anything else sees it.
 */
public final class Payloads {

  private Payloads() {}

  /**
   * One medium.
   *
   * @param target name of its drive in the domain
   * @param label of the volume
   * @param files contents by path
   */
  public record Payload(String target, boolean floppy, String label, Map<String, byte[]> files) {

    /** The contents stay out of logs. */
    @Override
    public String toString() {
      return "Payload[" + target + ", " + label + ", " + files.keySet() + "]";
    }
  }

  /** A domain's XML without the contents, and the media. */
  record Taken(String xml, List<Payload> payloads) {}

  /**
   * @throws IllegalArgumentException when a content is no base 64, or a path leaves the medium
   */
  static Taken take(String xml) {
    if (!xml.contains("payload>")) {
      return new Taken(xml, List.of());
    }
    Document document = Xml.parse(xml);
    Element domain = document.getDocumentElement();
    List<Payload> payloads = new ArrayList<>();
    for (Element device :
        DomainDescription.vmMetadata(domain)
            .map(vm -> Xml.children(vm, "device"))
            .orElse(List.of())) {
      Xml.child(device, "payload")
          .ifPresent(
              payload ->
                  payloads.add(read(device.getAttribute("name"), drive(domain, device), payload)));
    }
    return new Taken(Xml.write(document), List.copyOf(payloads));
  }

  private static Optional<Element> drive(Element domain, Element metadata) {
    return Devices.all(domain, "disk").stream()
        .filter(disk -> Devices.target(disk).equals(metadata.getAttribute("name")))
        .findFirst();
  }

  private static Payload read(String target, Optional<Element> drive, Element payload) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Element file : Xml.children(payload, "file")) {
      String path = file.getAttribute("path");
      if (path.isEmpty() || path.startsWith("/") || List.of(path.split("/")).contains("..")) {
        throw new IllegalArgumentException(
            "the payload's path '%s' must be relative and stay inside".formatted(path));
      }
      try {
        files.put(path, Base64.getDecoder().decode(file.getTextContent().replaceAll("\\s", "")));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "the payload's file '%s' is not in base 64".formatted(path), e);
      }
      file.setTextContent("");
    }
    boolean floppy = drive.filter(disk -> disk.getAttribute("device").equals("floppy")).isPresent();
    return new Payload(target, floppy, Xml.text(payload, "volId").orElse(""), files);
  }

  /** Points the drives at their media. */
  static String placed(String xml, UUID vm, List<Payload> payloads, PayloadImages images) {
    Map<String, Path> media = new LinkedHashMap<>();
    payloads.forEach(payload -> media.put(payload.target(), images.write(vm, payload)));
    return placed(xml, media);
  }

  private static String placed(String xml, Map<String, Path> media) {
    if (media.isEmpty()) {
      return xml;
    }
    Document document = Xml.parse(xml);
    for (Element disk : Devices.all(document.getDocumentElement(), "disk")) {
      Path image = media.get(Devices.target(disk));
      if (image != null) {
        Element source = Xml.ensure(disk, "source");
        source.setAttribute("file", image.toString());
        // VDSM's hosts have no such file when the guest moves there, and do not get one.
        source.setAttribute("startupPolicy", "requisite");
      }
    }
    return Xml.write(document);
  }

  /**
   * The media of a guest that leaves, by their drives, in base 64: the very bytes, since the guest
   * may be reading them.
   */
  static Map<String, String> packed(String xml, UUID vm, PayloadImages images) {
    if (!xml.contains("payload>")) {
      return Map.of();
    }
    Map<String, String> media = new LinkedHashMap<>();
    for (String target : targets(xml)) {
      images
          .read(vm, target)
          .ifPresent(bytes -> media.put(target, Base64.getEncoder().encodeToString(bytes)));
    }
    return media;
  }

  /**
   * Makes the media of a guest that comes, and points its drives at them.
   *
   * @throws IllegalArgumentException when one is not in base 64
   */
  static String unpacked(String xml, UUID vm, Map<String, String> media, PayloadImages images) {
    Map<String, Path> made = new LinkedHashMap<>();
    for (String target : media.isEmpty() ? List.<String>of() : targets(xml)) {
      String content = media.get(target);
      if (content != null) {
        made.put(target, images.write(vm, target, Base64.getDecoder().decode(content)));
      }
    }
    return placed(xml, made);
  }

  /** The drives whose media came with the machine. */
  private static List<String> targets(String xml) {
    return DomainDescription.vmMetadata(Xml.parse(xml).getDocumentElement()).stream()
        .flatMap(vm -> Xml.children(vm, "device").stream())
        .filter(device -> Xml.child(device, "payload").isPresent())
        .map(device -> device.getAttribute("name"))
        .toList();
  }
}
