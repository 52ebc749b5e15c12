package io.overt.rest.login;

import io.overt.rest.http.Exchange;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The words of the {@code Prefer} headers (RFC 7240), in lower case. */
record Preferences(Set<String> words) {
  static Preferences of(Exchange exchange) {
    Set<String> words = new HashSet<>();
    for (String header : exchange.headers("Prefer")) {
      for (String word : header.split("[,;]")) {
        words.add(word.strip().toLowerCase(Locale.ROOT));
      }
    }
    return new Preferences(words);
  }

  /** Whether the client wants to stay logged in. */
  boolean persistent() {
    return words.contains("persistent-auth");
  }

  /** Whether the client insists on a new login. */
  boolean anew() {
    return words.contains("new-auth");
  }

  boolean forgeryProtection() {
    return words.contains("csrf-protection");
  }
}
