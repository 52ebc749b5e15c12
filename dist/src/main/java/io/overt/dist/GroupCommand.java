package io.overt.dist;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "group", description = "Groups of the directory 'internal'.")
final class GroupCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  boolean help;

  @Command(description = "Adds a group with these users as members.")
  int add(
      @Mixin SiteOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--user", paramLabel = "USER", description = "a member; may be repeated")
          @Nullable List<String> members) {
    List<String> all = members == null ? List.of() : members;
    options.site().admin().call("group add", Map.of("name", name, "members", all));
    System.out.println("Added group " + name + " with " + all.size() + " members.");
    return 0;
  }

  @Command(description = "Lists all groups with their members.")
  int list(@Mixin SiteOptions options) {
    Object groups = options.site().admin().call("group list", Map.of()).get("groups");
    if (groups instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> group) {
          System.out.printf(
              Locale.ROOT, "%-24s %s%n", group.get("name"), members(group.get("members")));
        }
      }
    }
    return 0;
  }

  private static String members(@Nullable Object members) {
    return members instanceof List<?> list
        ? String.join(" ", list.stream().map(String::valueOf).toList())
        : "";
  }
}
