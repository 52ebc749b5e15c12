package io.overt.rest.rows;

import io.overt.codec.JsonCodec;
import io.overt.model.ApiEnum;
import io.overt.model.ApiFault;
import io.overt.model.OperationType;
import io.overt.model.ParameterType;
import io.overt.model.Schema;
import io.overt.model.ServiceType;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.rest.api.Extension;
import io.overt.rest.api.Inner;
import io.overt.rest.document.View;
import io.overt.rest.http.JsonObject;
import io.overt.rest.route.Target;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /overt/api/rows/{collection}}: the objects that the API's list of that collection has
 * for this caller, {@code max} of them from the {@code from}th, of each the {@code fields} that are
 * shown, in the order of {@code sort} or that of the list; values as in the API's JSON, by the name
 * of the field as it was asked for. Absent ones are left out. In the collection {@code *} stands
 * for the id of each object of the collection before it. A search that cannot be read is a 400.
 */
public final class Rows {
  private static final String PATH = "collection";
  private static final String EACH = "/*/";
  private static final long WINDOW = 200;
  private static final int MOST_FIELDS = 100;

  /** What of the request the list itself takes. */
  private static final List<String> PASSED = List.of("search", "case_sensitive");

  private Rows() {}

  public static Extension extension() {
    return new Extension("GET", "rows/{" + PATH + "...}", "GET {" + PATH + "...}", Rows::answer);
  }

  /** An object and its address. */
  record Placed(Struct object, String path) {}

  /** A collection of the model. */
  private record Collection(String path, StructType type, @Nullable ServiceType service) {
    static Collection at(String path) {
      Target target = View.model().routes().find(path);
      OperationType list = target == null ? null : target.operation("GET");
      ParameterType result = list == null ? null : list.result();
      if (target == null || list == null || result == null || result.reference() == null) {
        throw ApiFault.notFound();
      }
      if (!list.name().equals("list")) {
        throw ApiFault.invalidValue(path + " is no collection");
      }
      return new Collection(
          path,
          Schema.current().struct(result.reference()),
          View.model().tree().entryService(target.service()));
    }

    Column column(String name) {
      return Column.of(type, service, name);
    }
  }

  private static JsonObject answer(Extension.Request request) {
    Collection collection = Collection.at("/" + request.name(PATH));
    List<Column> columns = columns(collection, request.parameter("fields"));
    List<RowOrder.Key> order = order(collection, request.parameter("sort"));
    long from = number(request, "from", 0);
    long max = number(request, "max", WINDOW);
    Links links = new Links(request.inner());
    List<Placed> all = placed(request.inner(), collection.path(), passed(request));
    List<Placed> rows = order.isEmpty() ? all : new RowOrder(order).sorted(all, links);
    List<JsonObject> shown =
        rows.stream().skip(from).limit(max).map(row -> shown(row, columns, links)).toList();
    return new JsonObject().put("total", all.size()).put("rows", shown);
  }

  private static List<Placed> placed(Inner inner, String path, Map<String, String> passed) {
    int each = path.indexOf(EACH);
    if (each < 0) {
      return inner.list(path, passed).stream()
          .map(object -> new Placed(object, path + "/" + object.id()))
          .toList();
    }
    String owners = path.substring(0, each);
    String below = path.substring(each + EACH.length() - 1);
    return inner.list(owners).stream()
        .flatMap(owner -> placed(inner, owners + "/" + owner.id() + below, passed).stream())
        .toList();
  }

  private static Map<String, String> passed(Extension.Request request) {
    Map<String, String> passed = new HashMap<>();
    for (String name : PASSED) {
      String value = request.parameter(name);
      if (value != null) {
        passed.put(name, value);
      }
    }
    return passed;
  }

  private static long number(Extension.Request request, String name, long standard) {
    String text = request.parameter(name);
    if (text == null || text.isBlank()) {
      return standard;
    }
    if (!text.strip().matches("[0-9]{1,9}")) {
      throw ApiFault.invalidValue(name + ": " + text + " is no number from 0");
    }
    return Long.parseLong(text.strip());
  }

  /** The id is always among them, and without a list the name. */
  private static List<Column> columns(Collection collection, @Nullable String list) {
    Set<String> names = new LinkedHashSet<>();
    if (collection.type().find("id") != null) {
      names.add("id");
    }
    if ((list == null || list.isBlank()) && collection.type().find("name") != null) {
      names.add("name");
    }
    names.addAll(words(list));
    if (names.size() > MOST_FIELDS) {
      throw ApiFault.invalidValue("more than " + MOST_FIELDS + " fields");
    }
    return names.stream().map(collection::column).toList();
  }

  private static List<RowOrder.Key> order(Collection collection, @Nullable String list) {
    List<RowOrder.Key> keys = new ArrayList<>();
    for (String key : words(list)) {
      String[] parts = key.split("\\s+");
      String direction = parts.length == 1 ? "asc" : parts[1];
      if (parts.length > 2 || !direction.matches("asc|desc")) {
        throw ApiFault.invalidValue("sort: '" + key + "' is not of the form field [asc|desc]");
      }
      keys.add(new RowOrder.Key(collection.column(parts[0]), direction.equals("desc")));
    }
    return keys;
  }

  private static List<String> words(@Nullable String list) {
    return list == null
        ? List.of()
        : List.of(list.split(",")).stream()
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .toList();
  }

  private static JsonObject shown(Placed row, List<Column> columns, Links links) {
    JsonObject json = new JsonObject();
    for (Column column : columns) {
      Object value = column.value(row.object(), row.path(), links);
      if (value != null) {
        json.json(column.name(), json(value));
      }
    }
    return json;
  }

  private static String json(Object value) {
    return switch (value) {
      case List<?> list -> list.stream().map(Rows::json).collect(Collectors.joining(",", "[", "]"));
      case Struct struct -> JsonCodec.toText(struct);
      case ApiEnum constant -> JsonObject.quoted(constant.wire());
      case BigDecimal number -> number.toPlainString();
      case Instant time -> Long.toString(time.toEpochMilli());
      default -> JsonObject.quoted(value.toString());
    };
  }
}
