package io.overt.codec;

import io.overt.model.ApiFault;
import io.overt.model.EnumType;
import io.overt.model.Member;
import java.util.Locale;

/** The refusals of a request body. */
public final class BodyFault {
  /**
   * Reason of a body that does not follow the schema; the door adds the usage link to the detail.
   */
  public static final String SYNTAX = "Request syntactically incorrect.";

  private static final int SHOWN = 100;

  private BodyFault() {}

  /** True for faults of this reason, whose detail is to be followed by the usage link. */
  public static boolean isSyntax(ApiFault fault) {
    return fault.reason().equals(SYNTAX);
  }

  static ApiFault syntax(String detail) {
    return new ApiFault(ApiFault.Category.BAD_PARAMETER, SYNTAX, detail);
  }

  static ApiFault notA(String path, String value, String expected) {
    return syntax("The value '" + shown(value) + "' of " + path + " is not " + expected + ".");
  }

  /** The recorded sentence of oVirt engine 4.5 for a value outside an enumerated type. */
  static ApiFault enumValue(Member member, String value) {
    return ApiFault.invalidValue(enumSentence(member.enumType(), value));
  }

  static String enumSentence(EnumType type, String value) {
    StringBuilder text = new StringBuilder(120).append("The string '").append(shown(value));
    text.append("' isn't a valid value for the '").append(camelCase(type.name()));
    text.append("' enumerated type. Valid values are: ");
    String separator = "";
    for (String valid : type.values()) {
      text.append(separator).append('\'').append(valid).append('\'');
      separator = ", ";
    }
    return text.append('.').toString();
  }

  static String shown(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
  }

  static String camelCase(String name) {
    StringBuilder text = new StringBuilder(name.length());
    for (String word : name.split("_")) {
      text.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return text.toString();
  }
}
