package io.overt.shell.command;

import io.overt.sdk.document.Node;
import io.overt.shell.ShellFailure;
import io.overt.shell.objects.Place;
import io.overt.shell.objects.Places;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code show TYPE NAME}: one object with everything that it has. */
final class ShowCommand implements Command {
  @Override
  public Set<String> flags() {
    return Set.of();
  }

  @Override
  public void run(Context context, Arguments arguments) {
    Output output = Output.of(context, arguments);
    boolean all = arguments.flag("all", "show-all", "all_content", "all-content");
    Optional<String> follow = arguments.value("follow");
    Place place = place(context, arguments, "show");
    arguments.end();
    Map<String, String> query = new LinkedHashMap<>();
    if (all) {
      query.put("all_content", "true");
    }
    String links =
        follow.orElse(
            output.chosen()
                ? output.follow(place.type(), place.byDisk(), List.of())
                : place.byDisk() ? "disk" : "");
    if (!links.isEmpty()) {
      query.put("follow", links);
    }
    Node node = context.engine().get(place.path(), place.type(), query);
    output.one(context, node, place.byDisk());
  }

  /** The object that words and {@code --id}, {@code --name} or {@code --alias} mean. */
  static Place place(Context context, Arguments arguments, String command) {
    String type = arguments.word("The type of the object, such as vm,");
    Place collection = Commands.collection(context, type, Parents.take(context, arguments));
    Places places = context.places();
    Optional<String> id = arguments.value("id");
    if (id.isPresent()) {
      return collection.item(id.get());
    }
    // Of update, these are new values when a word names the object.
    if (!arguments.hasWords()) {
      Optional<String> name = arguments.value("name", "alias");
      if (name.isPresent()) {
        return places.byName(collection, name.get());
      }
      throw ShellFailure.syntax("The name or id is missing: " + command + " " + type + " NAME");
    }
    return places.item(collection, arguments.word("name"));
  }
}
