package io.overt.agent.simulated;

import io.overt.agent.hypervisor.GuestFacts;
import io.overt.agent.hypervisor.GuestFacts.FileSystem;
import io.overt.agent.hypervisor.GuestFacts.Interface;
import io.overt.agent.hypervisor.GuestFacts.OperatingSystem;
import io.overt.agent.hypervisor.GuestFacts.User;
import io.overt.agent.vms.DomainDescription;
import io.overt.agent.xml.Xml;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What an agent in a simulated guest says: a small server's Debian. */
final class SimulatedGuest {

  private static final String CHANNEL = "org.qemu.guest_agent.0";

  private SimulatedGuest() {}

  static GuestFacts facts(DomainDescription domain) {
    List<Interface> interfaces = new ArrayList<>();
    interfaces.add(new Interface("lo", "00:00:00:00:00:00", List.of("127.0.0.1"), List.of("::1")));
    int hash = domain.id().hashCode();
    for (int index = 0; index < domain.nics().size(); index++) {
      DomainDescription.Nic nic = domain.nics().get(index);
      String address =
          "10.%d.%d.%d".formatted(hash >>> 8 & 0xff, hash >>> 16 & 0xff, (hash + index & 0xff) | 1);
      interfaces.add(
          new Interface(
              "eth" + index, nic.mac(), nic.linkUp() ? List.of(address) : List.of(), List.of()));
    }
    return new GuestFacts(
        domain.name(),
        new OperatingSystem(
            "debian",
            "Debian GNU/Linux 12 (bookworm)",
            "12",
            "bookworm",
            "6.1.0-44-amd64",
            "x86_64"),
        "UTC",
        0,
        interfaces,
        List.of(new User("root", "")),
        List.of(new FileSystem("/", "ext4", 10L << 30, 2L << 30)));
  }

  /** The domain's XML with the agent's channel as libvirt shows it. */
  static String connected(String xml, boolean up) {
    Document document = Xml.parse(xml);
    Xml.child(document.getDocumentElement(), "devices").stream()
        .flatMap(devices -> Xml.children(devices, "channel").stream())
        .flatMap(channel -> Xml.child(channel, "target").stream())
        .filter(target -> target.getAttribute("name").equals(CHANNEL))
        .forEach(
            (Element target) -> target.setAttribute("state", up ? "connected" : "disconnected"));
    return Xml.write(document);
  }
}
