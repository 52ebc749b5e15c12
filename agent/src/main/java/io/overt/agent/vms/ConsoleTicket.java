package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.xml.Xml;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Who has the password may see the console.
 *
 * @param type {@code vnc} or {@code spice}
 * @param validity not positive: for ever
 * @param existing what becomes of a connection that is open
 * @param particulars of the user, for scripts
 */
public record ConsoleTicket(
    String type,
    String password,
    Duration validity,
    String existing,
    Map<String, String> particulars) {

  /**
   * The {@code <graphics>} element for libvirt's update-device.
   *
   * @throws VdsmError code 18 when there is no console of that type
   */
  String graphics(String liveXml) {
    Document document = Xml.parse(liveXml);
    Element graphics =
        Xml.child(document.getDocumentElement(), "devices").stream()
            .flatMap(devices -> Xml.children(devices, "graphics").stream())
            .filter(element -> type.equals(element.getAttribute("type")))
            .findFirst()
            .orElseThrow(
                () ->
                    new VdsmError(
                        ErrorCode.TICKET,
                        "The virtual machine has no console of the type " + type));
    graphics.setAttribute("passwd", password);
    if (validity.isPositive()) {
      graphics.setAttribute(
          "passwdValidTo",
          LocalDateTime.now(ZoneOffset.UTC)
              .plus(validity)
              .truncatedTo(ChronoUnit.SECONDS)
              .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME));
    } else {
      graphics.removeAttribute("passwdValidTo");
    }
    if (type.equals("spice")) {
      graphics.setAttribute("connected", existing);
    }
    return Xml.write(graphics);
  }

  /** The password stays out of logs. */
  @Override
  public String toString() {
    return "ConsoleTicket[" + type + ", " + validity + "]";
  }
}
