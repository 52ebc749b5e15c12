package io.overt.rest.rows;

import io.overt.model.ApiFault;
import io.overt.model.Kind;
import io.overt.model.LocatorType;
import io.overt.model.Member;
import io.overt.model.Schema;
import io.overt.model.ServiceType;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.model.types.Statistic;
import io.overt.model.types.Value;
import io.overt.rest.document.View;
import io.overt.rest.route.ServiceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A field that rows show: a path of names through the object, through what it refers to ({@code
 * cluster.data_center.name}) and through the collections below it ({@code nics.mac.address}, a
 * list; {@code statistics.memory.used}, the datum of that statistic, a list where there are more).
 */
final class Column {
  private static final int DEEPEST = 8;
  private static final String STATISTICS = "statistics";

  private sealed interface Step {
    /** A part of the object itself. */
    record Part(Member member) implements Step {}

    /** Another object, which the object itself knows little more of than its id. */
    record Reference(Member member) implements Step {}

    /** The collection of that name below the object. */
    record Below(String segment) implements Step {}

    record Datum(String statistic) implements Step {}
  }

  private final String name;
  private final List<Step> steps = new ArrayList<>();

  private Column(String name) {
    this.name = name;
  }

  /**
   * @param service of the objects
   * @throws ApiFault when they have no such field
   */
  static Column of(StructType type, @Nullable ServiceType service, String name) {
    Column column = new Column(name);
    String[] words = name.split("\\.", -1);
    if (words.length > DEEPEST) {
      throw ApiFault.invalidValue("the field '" + name + "' goes deeper than " + DEEPEST);
    }
    StructType at = type;
    ServiceType where = service;
    for (int index = 0; index < words.length; index++) {
      String word = words[index];
      boolean last = index == words.length - 1;
      Member member = member(at, word);
      LocatorType locator = where == null ? null : locator(where, word);
      if (locator != null && (member == null || member.list())) {
        if (word.equals(STATISTICS) && !last) {
          column.steps.add(
              new Step.Datum(String.join(".", List.of(words).subList(index + 1, words.length))));
          return column;
        }
        ServiceType collection = ServiceTree.model().target(locator);
        String entries = View.model().addresses().entityType(collection);
        if (entries == null) {
          throw unknown(name, word, at);
        }
        column.steps.add(new Step.Below(locator.segment()));
        at = Schema.current().struct(entries);
        where = ServiceTree.model().entryService(collection);
      } else if (member == null || (member.kind() != Kind.STRUCT && !last)) {
        throw unknown(name, word, at);
      } else if (member.kind() != Kind.STRUCT) {
        column.steps.add(new Step.Part(member));
      } else {
        column.steps.add(member.link() ? new Step.Reference(member) : new Step.Part(member));
        at = member.structType();
        where = member.link() ? serviceOf(at) : null;
        // as the documents have it: tags.tag.name
        if (member.list() && !last && words[index + 1].equals(member.itemTag())) {
          index += member(at, words[index + 1]) == null ? 1 : 0;
        }
      }
    }
    return column;
  }

  private static ApiFault unknown(String name, String word, StructType type) {
    return ApiFault.invalidValue(
        "the field '" + name + "' is unknown: '" + word + "' is none of " + type.name());
  }

  private static @Nullable Member member(StructType type, String word) {
    Member member = type.find(word);
    return member == null ? type.byTag(word) : member;
  }

  private static @Nullable LocatorType locator(ServiceType service, String word) {
    String segment = word.replace("_", "");
    for (LocatorType locator : service.locators()) {
      if (!locator.variable() && locator.segment().equals(segment)) {
        return locator;
      }
    }
    return null;
  }

  /** The service of objects of that type that are found at the root. */
  private static @Nullable ServiceType serviceOf(StructType type) {
    ServiceTree tree = ServiceTree.model();
    for (LocatorType locator : tree.root().locators()) {
      ServiceType collection = tree.target(locator);
      if (type.name().equals(View.model().addresses().entityType(collection))) {
        return tree.entryService(collection);
      }
    }
    return null;
  }

  String name() {
    return name;
  }

  /**
   * What the object has there, a list where the way goes through one, or null.
   *
   * @param path where the object is
   */
  @Nullable Object value(Struct object, String path, Links links) {
    return value(object, path, 0, links);
  }

  private @Nullable Object value(Struct object, @Nullable String path, int at, Links links) {
    if (at == steps.size()) {
      return object;
    }
    return switch (steps.get(at)) {
      case Step.Part(Member member) -> through(object.get(member), path, at, links);
      case Step.Reference(Member member) -> {
        Object held = object.get(member);
        if (held instanceof List<?> list) {
          List<Object> values = new ArrayList<>(list.size());
          for (Object item : list) {
            add(values, referred((Struct) item, object, at, links));
          }
          yield values;
        }
        yield held instanceof Struct reference ? referred(reference, object, at, links) : null;
      }
      case Step.Below(String segment) ->
          path == null ? null : below(path + "/" + segment, at, links);
      case Step.Datum(String statistic) ->
          path == null ? null : datum(links.list(path + "/" + STATISTICS), statistic);
    };
  }

  private @Nullable Object through(
      @Nullable Object held, @Nullable String path, int at, Links links) {
    if (held instanceof Struct part) {
      return value(part, null, at + 1, links);
    }
    if (!(held instanceof List<?> list) || at == steps.size() - 1) {
      return held;
    }
    List<Object> values = new ArrayList<>(list.size());
    for (Object item : list) {
      add(values, through(item, path, at, links));
    }
    return values;
  }

  private @Nullable Object referred(Struct reference, Struct owner, int at, Links links) {
    boolean last = at == steps.size() - 1;
    if (last || knows(reference, steps.get(at + 1))) {
      return value(reference, null, at + 1, links);
    }
    String address = links.address(reference, owner);
    Struct whole = address == null ? null : links.find(address);
    return whole == null ? null : value(whole, address, at + 1, links);
  }

  private static boolean knows(Struct reference, Step next) {
    return switch (next) {
      case Step.Part(Member member) -> reference.has(member);
      case Step.Reference(Member member) -> reference.has(member);
      case Step.Below(String _), Step.Datum(String _) -> false;
    };
  }

  private List<Object> below(String path, int at, Links links) {
    List<Object> values = new ArrayList<>();
    for (Struct entry : links.list(path)) {
      add(values, value(entry, path + "/" + entry.id(), at + 1, links));
    }
    return values;
  }

  /** Lists in lists become one. */
  private static void add(List<Object> values, @Nullable Object value) {
    if (value instanceof List<?> list) {
      list.forEach(item -> values.add(Objects.requireNonNull(item)));
    } else if (value != null) {
      values.add(value);
    }
  }

  private static @Nullable Object datum(List<? extends Struct> statistics, String name) {
    for (Struct struct : statistics) {
      if (struct instanceof Statistic statistic && name.equals(statistic.name())) {
        List<Object> values = new ArrayList<>();
        for (Value value : Objects.requireNonNullElse(statistic.values(), List.<Value>of())) {
          add(values, value.datum() == null ? value.detail() : value.datum());
        }
        return values.isEmpty() ? null : values.size() == 1 ? values.getFirst() : values;
      }
    }
    return null;
  }
}
