package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.xml.Xml;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Writes a console's password into its live device. */
final class ConsoleTicket {

  private ConsoleTicket() {}

  /**
   * The {@code <graphics>} element for libvirt's update-device.
   *
   * @throws VdsmError code 18 when there is no console of that type
   */
  static String graphics(
      String liveXml, String type, String password, Duration validity, String existing) {
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
}
