package io.overt.access.rules;

/** Where a rule looks for the object on which a permit is needed. */
sealed interface Place {

  /** The object of the URL whose service has that name. */
  record Path(String service) implements Place {}

  /** The object that a member of the body refers to; the body itself for an empty member. */
  record Body(String member) implements Place {}

  /** The whole system. */
  record EntireSystem() implements Place {}

  /** Any object. */
  record AnyObject() implements Place {}

  /** The caller's own user. */
  record OwnProfile() implements Place {}

  static Place parse(String text) {
    if (text.equals("body") || text.startsWith("body.")) {
      return new Body(text.equals("body") ? "" : text.substring("body.".length()));
    }
    return switch (text) {
      case "system" -> new EntireSystem();
      case "any" -> new AnyObject();
      case "profile" -> new OwnProfile();
      default -> {
        PathKinds.require(text);
        yield new Path(text);
      }
    };
  }
}
