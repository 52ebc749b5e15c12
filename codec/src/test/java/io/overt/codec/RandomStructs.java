package io.overt.codec;

import io.overt.model.ApiEnum;
import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.model.types.Types;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Structs with every member set, down to a depth. */
final class RandomStructs {
  private static final String[] TEXTS = {
    "",
    " two  blanks ",
    "a<b>&\"c'",
    "line\nline\ttab\rreturn",
    "ünï-код-漢",
    "\uD83D\uDE80",
    "]]>",
    "\\u0041"
  };

  private final SplittableRandom random;

  RandomStructs(long seed) {
    this.random = new SplittableRandom(seed);
  }

  Struct struct(StructType type, int depth) {
    Struct struct = type.create();
    for (Member member : type.members()) {
      if (member.kind() == io.overt.model.Kind.STRUCT && depth == 0 && !member.list()) {
        continue;
      }
      struct.set(member, member.list() ? list(member, depth) : value(member, depth));
    }
    return struct;
  }

  private List<Object> list(Member member, int depth) {
    List<Object> items = new ArrayList<>();
    int size = depth == 0 ? 0 : random.nextInt(3);
    for (int index = 0; index < size; index++) {
      items.add(value(member, depth));
    }
    return items;
  }

  private Object value(Member member, int depth) {
    return switch (member.kind()) {
      case STRING -> TEXTS[random.nextInt(TEXTS.length)] + random.nextInt(1000);
      case BOOLEAN -> random.nextBoolean();
      case INTEGER -> random.nextBoolean() ? random.nextLong() : (Long) (long) random.nextInt(9);
      case DECIMAL -> BigDecimal.valueOf(random.nextLong(), random.nextInt(20));
      case DATE -> Instant.ofEpochMilli(random.nextLong(-2_000_000_000_000L, 253_402_300_799_999L));
      case ENUM -> {
        ApiEnum[] constants = Types.constants(member.enumType().name());
        yield constants[random.nextInt(constants.length)];
      }
      case STRUCT -> struct(member.structType(), depth - 1);
    };
  }
}
