package io.overt.shell.command;

import io.overt.shell.ShellFailure;
import io.overt.shell.objects.Parent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The parents that options name. */
final class Parents {
  private Parents() {}

  static List<Parent> take(Context context, Arguments arguments) {
    List<Parent> parents = new ArrayList<>(inContext(context.session().context()));
    List<Parent> named = new ArrayList<>();
    for (Iterator<Arguments.Option> each = arguments.options().iterator(); each.hasNext(); ) {
      Arguments.Option option = each.next();
      String value = option.value();
      Parent parent = Parent.of(option.name(), value == null ? "" : value);
      if (parent != null) {
        if (value == null) {
          throw ShellFailure.syntax("--" + option.name() + " needs a value");
        }
        named.add(parent);
        each.remove();
      }
    }
    return named.isEmpty() ? parents : named;
  }

  /** The objects that {@code cd} went through. */
  static List<Parent> inContext(List<String> path) {
    List<Parent> parents = new ArrayList<>();
    for (int i = 0; i + 1 < path.size(); i += 2) {
      parents.add(new Parent(path.get(i), path.get(i + 1), false));
    }
    return parents;
  }
}
