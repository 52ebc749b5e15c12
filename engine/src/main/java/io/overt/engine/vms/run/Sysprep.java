package io.overt.engine.vms.run;

import io.overt.engine.vms.Secrets;
import io.overt.model.types.Initialization;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answers for the first start of a Windows that was sealed with Sysprep: {@code Unattend.xml},
 * which it looks for on every medium, or {@code sysprep.inf} for those before Vista. A custom
 * script is the whole file.
 */
final class Sysprep {
  static final String LABEL = "UNATTEND";

  private static final String UNATTEND = "urn:schemas-microsoft-com:unattend";
  private static final String SETUP = "Microsoft-Windows-Shell-Setup";

  private final VmParts parts;
  private final Initialization wanted;
  private final @Nullable String password;
  private final String system;

  /**
   * @param system the type of the operating system
   */
  Sysprep(VmParts parts, String system) {
    this.parts = parts;
    this.wanted =
        Objects.requireNonNullElseGet(parts.vm().value().initialization(), Initialization::new);
    this.password =
        wanted.rootPassword() == null
            ? parts.vm().internal(Secrets.ROOT_PASSWORD)
            : wanted.rootPassword();
    this.system = system.toLowerCase(Locale.ROOT);
  }

  /** Contents by path. */
  Map<String, String> files() {
    boolean old = system.contains("xp") || system.contains("2003");
    String name = old ? "sysprep.inf" : "Unattend.xml";
    return given(wanted.customScript())
        .map(script -> Map.of(name, script))
        .orElseGet(() -> Map.of(name, old ? answers() : document()));
  }

  private static Optional<String> given(@Nullable String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank());
  }

  /** Windows takes no more than fifteen characters. */
  private String computer() {
    String name = given(wanted.hostName()).orElse(String.valueOf(parts.vm().value().name()));
    return name.length() > 15 ? name.substring(0, 15) : name;
  }

  private String document() {
    XmlText xml = new XmlText();
    xml.open("unattend", "xmlns", UNATTEND);
    xml.open("settings", "pass", "specialize");
    component(xml, SETUP);
    xml.text("ComputerName", computer());
    text(xml, "RegisteredOrganization", wanted.orgName());
    text(xml, "ProductKey", wanted.windowsLicenseKey());
    text(xml, "TimeZone", wanted.timezone());
    xml.close();
    given(wanted.domain()).ifPresent(domain -> join(xml, domain));
    xml.close();
    xml.open("settings", "pass", "oobeSystem");
    component(xml, SETUP);
    if (password != null) {
      xml.open("UserAccounts").open("AdministratorPassword");
      xml.text("Value", password).text("PlainText", "true").close().close();
    }
    xml.open("OOBE").text("HideEULAPage", "true").text("ProtectYourPC", "1").close();
    text(xml, "RegisteredOwner", wanted.userName());
    xml.close();
    locales(xml);
    xml.close().close();
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + xml;
  }

  private void component(XmlText xml, String name) {
    xml.open(
        "component",
        "name",
        name,
        "processorArchitecture",
        system.contains("x64") ? "amd64" : "x86",
        "publicKeyToken",
        "31bf3856ad364e35",
        "language",
        "neutral",
        "versionScope",
        "nonSxS");
  }

  private void join(XmlText xml, String domain) {
    component(xml, "Microsoft-Windows-UnattendedJoin");
    xml.open("Identification");
    if (password != null && given(wanted.userName()).isPresent()) {
      xml.open("Credentials").text("Domain", domain);
      xml.text("Password", password);
      xml.text("Username", given(wanted.userName()).orElseThrow()).close();
    }
    xml.text("JoinDomain", domain);
    text(xml, "MachineObjectOU", wanted.activeDirectoryOu());
    xml.close().close();
  }

  private void locales(XmlText xml) {
    component(xml, "Microsoft-Windows-International-Core");
    text(xml, "InputLocale", wanted.inputLocale());
    text(xml, "SystemLocale", wanted.systemLocale());
    text(xml, "UILanguage", wanted.uiLanguage());
    text(xml, "UserLocale", wanted.userLocale());
    xml.close();
  }

  private static void text(XmlText xml, String name, @Nullable String value) {
    given(value).ifPresent(text -> xml.text(name, text));
  }

  private String answers() {
    StringBuilder text = new StringBuilder("[Unattended]\r\nOemSkipEula=Yes\r\n");
    text.append("[GuiUnattended]\r\n");
    line(text, "AdminPassword", password);
    text.append("OEMSkipRegional=1\r\nOemSkipWelcome=1\r\n[UserData]\r\n");
    line(text, "ComputerName", computer());
    line(text, "OrgName", wanted.orgName());
    line(text, "FullName", wanted.userName());
    line(text, "ProductKey", wanted.windowsLicenseKey());
    text.append("[Identification]\r\n");
    line(text, "JoinDomain", wanted.domain());
    line(text, "MachineObjectOU", wanted.activeDirectoryOu());
    return text.toString();
  }

  private static void line(StringBuilder text, String key, @Nullable String value) {
    given(value)
        .ifPresent(
            given ->
                text.append(key).append("=\"").append(given.replace("\"", "")).append("\"\r\n"));
  }
}
