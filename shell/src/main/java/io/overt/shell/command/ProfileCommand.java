package io.overt.shell.command;

import io.overt.shell.ShellFailure;
import io.overt.shell.connect.Profiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code profile list} and {@code profile use NAME}. */
final class ProfileCommand implements Command {
  @Override
  public void run(Context context, Arguments arguments) {
    Profiles profiles = new Profiles(context.session().homes());
    String word = arguments.word().orElse("list");
    switch (word) {
      case "list" -> list(context, arguments, profiles);
      case "use" -> {
        String name = arguments.word("The name of the profile");
        arguments.end();
        profiles.choose(name);
        context.session().disconnect();
        context.say("The profile " + name + " is used from now on.");
      }
      default ->
          throw ShellFailure.syntax("'" + word + "' is none of: profile list, profile use NAME");
    }
  }

  private static void list(Context context, Arguments arguments, Profiles profiles) {
    Output output = Output.of(context, arguments);
    arguments.end();
    String chosen = profiles.chosen().orElse("");
    List<Map<String, Object>> trees = new ArrayList<>();
    profiles
        .all()
        .forEach(
            (name, values) -> {
              Map<String, Object> tree = new LinkedHashMap<>();
              tree.put("name", name);
              tree.put("url", values.getOrDefault("url", ""));
              tree.put("user", values.getOrDefault("username", values.getOrDefault("user", "")));
              tree.put("used", name.equals(chosen));
              trees.add(tree);
            });
    output.trees(context, trees, List.of("name", "url", "user", "used"));
  }
}
