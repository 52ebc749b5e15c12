package io.overt.agent.verbs;

import io.overt.agent.hypervisor.GuestFacts;
import io.overt.agent.hypervisor.GuestFacts.Interface;
import io.overt.agent.hypervisor.GuestFacts.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a guest's agent says, in VDSM's words. */
final class GuestReports {

  /** What definitions say of the guest. */
  static final Set<String> IN_DEFINITIONS = Set.of("username", "guestIPs", "guestFQDN");

  private static final String LOOPBACK = "127.0.0.1";

  private GuestReports() {}

  /** Keys that every report has, and those that only a guest with an agent has. */
  static Map<String, Object> of(Optional<GuestFacts> guest) {
    GuestFacts facts = guest.orElse(GuestFacts.NONE);
    Answer answer =
        Answer.object()
            .put("session", session(guest))
            .put("username", username(guest))
            .put("guestIPs", addresses(facts))
            .put("guestFQDN", facts.hostName());
    if (guest.isPresent()) {
      answer
          .put("guestName", facts.hostName())
          .put("netIfaces", facts.interfaces().stream().map(GuestReports::nic).toList())
          .put("disksUsage", facts.fileSystems().stream().map(GuestReports::usage).toList())
          .put("appsList", applications(facts));
      system(answer, facts);
    }
    return answer.build();
  }

  private static String session(Optional<GuestFacts> guest) {
    return guest
        .map(facts -> facts.users().isEmpty() ? "LoggedOff" : "UserLoggedOn")
        .orElse("Unknown");
  }

  private static String username(Optional<GuestFacts> guest) {
    return guest
        .map(
            facts ->
                facts.users().isEmpty()
                    ? "None"
                    : facts.users().stream()
                        .map(GuestReports::name)
                        .distinct()
                        .collect(Collectors.joining(", ")))
        .orElse("Unknown");
  }

  private static String name(User user) {
    return user.domain().isEmpty() ? user.name() : user.name() + "@" + user.domain();
  }

  private static String addresses(GuestFacts facts) {
    return facts.interfaces().stream()
        .flatMap(nic -> nic.inet().stream())
        .filter(address -> !address.equals(LOOPBACK))
        .collect(Collectors.joining(" "));
  }

  private static Map<String, Object> nic(Interface nic) {
    return Map.of("name", nic.name(), "hw", nic.mac(), "inet", nic.inet(), "inet6", nic.inet6());
  }

  private static Map<String, Object> usage(GuestFacts.FileSystem system) {
    return Answer.object()
        .put("path", system.path())
        .put("fs", system.type())
        .text("total", system.total())
        .text("used", system.used())
        .build();
  }

  private static List<String> applications(GuestFacts facts) {
    String kernel = facts.system().kernel();
    return kernel.isEmpty() ? List.of() : List.of("kernel-" + kernel);
  }

  private static void system(Answer answer, GuestFacts facts) {
    GuestFacts.OperatingSystem system = facts.system();
    boolean windows = system.id().equals("mswindows");
    if (!system.id().isEmpty() || !system.kernel().isEmpty()) {
      answer
          .put("guestOs", windows ? system.name() : system.kernel())
          .put(
              "guestOsInfo",
              Answer.object()
                  .put("type", windows ? "windows" : "linux")
                  .put("arch", system.machine())
                  .put("kernel", windows ? "" : system.kernel())
                  .put("distribution", windows ? "" : system.name())
                  .put("version", system.version())
                  .put("codename", system.codename())
                  .build());
    }
    if (!facts.zone().isEmpty()) {
      answer.put(
          "guestTimezone",
          Answer.object()
              .put("offset", facts.offsetSeconds() / 60)
              .put("zone", facts.zone())
              .build());
    }
  }
}
