package io.overt.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses the line format that the generator writes (its {@code SchemaWriter} documents it). */
final class SchemaReader {
  private final Schema schema = new Schema();
  private final Map<String, Declaration> declarations = new LinkedHashMap<>();

  private record Declaration(List<String> words, List<String[]> members) {}

  private SchemaReader() {}

  static Schema read() {
    return new SchemaReader().parse(Schema.lines());
  }

  private Schema parse(List<String> lines) {
    Declaration struct = new Declaration(List.of(), new ArrayList<>());
    String service = "";
    List<OperationType> operations = new ArrayList<>();
    List<LocatorType> locators = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "E" -> schema.add(new EnumType(words[1], List.of(words[2].split(","))));
        case "S" -> {
          struct = new Declaration(List.of(words), new ArrayList<>());
          declarations.put(words[1], struct);
        }
        case "F" -> struct.members().add(words);
        case "V" -> {
          addService(service, operations, locators);
          service = words[1];
          operations = new ArrayList<>();
          locators = new ArrayList<>();
        }
        case "M" -> operations.add(operation(service, words));
        case "R" -> operations.add(operations.removeLast().requiring(words[1]));
        case "C" -> locators.add(new LocatorType(words[1], words[2]));
        default -> throw new IllegalStateException("unknown line in the schema: " + line);
      }
    }
    addService(service, operations, locators);
    Map<String, StructType> built = new HashMap<>();
    declarations.keySet().forEach(name -> schema.add(struct(name, built)));
    return schema;
  }

  private void addService(String name, List<OperationType> operations, List<LocatorType> locators) {
    if (!name.isEmpty()) {
      schema.add(new ServiceType(name, List.copyOf(operations), List.copyOf(locators)));
    }
  }

  private StructType struct(String name, Map<String, StructType> built) {
    StructType known = built.get(name);
    if (known != null) {
      return known;
    }
    Declaration declaration = declarations.get(name);
    if (declaration == null) {
      throw new IllegalStateException("the schema refers to the undeclared struct " + name);
    }
    List<String> words = declaration.words();
    StructType base = words.get(4).equals("-") ? null : struct(words.get(4), built);
    int index = base == null ? 0 : base.members().size();
    int level = base == null ? 0 : base.depth() + 1;
    List<Member> own = new ArrayList<>();
    for (String[] line : declaration.members()) {
      boolean list = line[3].length() > 1;
      own.add(
          new Member(
              line[1],
              line[2],
              index++,
              level,
              Kind.of(line[3].charAt(line[3].length() - 1)),
              list,
              optional(line[4]),
              optional(line[5]),
              line[6].equals("L")));
    }
    StructType type = new StructType(name, words.get(2), words.get(3), base, own);
    built.put(name, type);
    return type;
  }

  private static OperationType operation(String service, String[] words) {
    List<ParameterType> parameters = new ArrayList<>();
    if (!words[3].equals("-")) {
      for (String text : words[3].split(",")) {
        String[] parts = text.split(":");
        parameters.add(
            new ParameterType(
                parts[0],
                parts[1].contains("i"),
                parts[1].contains("o"),
                Kind.of(parts[2].charAt(parts[2].length() - 1)),
                parts[2].length() > 1,
                optional(parts[3])));
      }
    }
    return new OperationType(
        service, words[1], optional(words[2]), List.copyOf(parameters), List.of());
  }

  private static @Nullable String optional(String word) {
    return word.equals("-") ? null : word;
  }
}
