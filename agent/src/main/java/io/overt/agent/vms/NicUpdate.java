package io.overt.agent.vms;

import io.overt.agent.xml.Xml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * What is to change of a NIC; what is empty stays as it is.
 *
 * @param alias of the device, or empty
 * @param mac its address, or empty
 * @param network the host's bridge; present and empty: none
 * @param filter name of a network filter; present and empty: none
 * @param custom what scripts find in their environment
 */
public record NicUpdate(
    String alias,
    String mac,
    Optional<Boolean> linked,
    Optional<String> network,
    Optional<String> filter,
    List<FilterParameter> filterParameters,
    Optional<Integer> mtu,
    Optional<Boolean> isolated,
    Map<String, String> custom) {

  /** The bridge without a network that VDSM gives NICs without one. */
  public static final String NO_NETWORK = ";vdsmdummy;";

  /** Fills a variable of the filter. */
  public record FilterParameter(String name, String value) {}

  /** Whether this is about that interface. */
  boolean meant(Element nic) {
    return alias.isEmpty()
        ? Xml.attribute(nic, "mac", "address").filter(mac::equalsIgnoreCase).isPresent()
        : alias.equals(Devices.alias(nic));
  }

  /** Changes the interface's XML. */
  void apply(Element nic) {
    linked.ifPresent(up -> link(nic, up));
    network.ifPresent(
        bridge -> {
          nic.setAttribute("type", "bridge");
          Element source = Xml.ensure(nic, "source");
          List.of("network", "portgroup", "portid", "dev").forEach(source::removeAttribute);
          source.setAttribute("bridge", bridge.isEmpty() ? NO_NETWORK : bridge);
          if (bridge.isEmpty()) {
            link(nic, false);
          }
        });
    filter.ifPresent(
        name -> {
          Xml.children(nic, "filterref").forEach(nic::removeChild);
          if (!name.isEmpty()) {
            Element reference = Xml.ensure(nic, "filterref");
            reference.setAttribute("filter", name);
            for (FilterParameter parameter : filterParameters) {
              Element element = nic.getOwnerDocument().createElementNS(null, "parameter");
              element.setAttribute("name", parameter.name());
              element.setAttribute("value", parameter.value());
              reference.appendChild(element);
            }
          }
        });
    mtu.ifPresent(size -> Xml.ensure(nic, "mtu").setAttribute("size", Integer.toString(size)));
    isolated.ifPresent(
        alone -> {
          Xml.children(nic, "port").forEach(nic::removeChild);
          if (alone) {
            Xml.ensure(nic, "port").setAttribute("isolated", "yes");
          }
        });
  }

  private static void link(Element nic, boolean up) {
    Xml.ensure(nic, "link").setAttribute("state", up ? "up" : "down");
  }
}
