package io.overt.agent.vms;

import io.overt.agent.xml.Xml;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * A machine's serial ports in its domain XML. Those that users may reach have a socket at which
 * QEMU listens, named by the machine's id, as VDSM arranges it for ovirt-vmconsole; one client at a
 * time is heard there.
 */
public final class SerialPorts {
  private static final String SUFFIX = ".sock";

  private SerialPorts() {}

  /** The socket of the first port that has one. */
  public static Optional<Path> socket(String domainXml) {
    return Xml.child(Xml.parse(domainXml).getDocumentElement(), "devices").stream()
        .flatMap(SerialPorts::sources)
        .map(source -> Path.of(source.getAttribute("path")))
        .findFirst();
  }

  /** Moves the machine's sockets to this host's place for them. */
  static void place(Element domain, Element devices, Path directory) {
    String name = Xml.text(domain, "uuid").orElse("") + SUFFIX;
    sources(devices)
        .filter(source -> source.getAttribute("path").endsWith("/" + name))
        .forEach(source -> source.setAttribute("path", directory.resolve(name).toString()));
  }

  private static Stream<Element> sources(Element devices) {
    return Stream.of("serial", "console")
        .map(kind -> Xml.children(devices, kind))
        .flatMap(List::stream)
        .filter(port -> port.getAttribute("type").equals("unix"))
        .flatMap(port -> Xml.child(port, "source").stream())
        .filter(source -> source.getAttribute("mode").equals("bind"));
  }
}
