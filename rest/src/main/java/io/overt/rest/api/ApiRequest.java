package io.overt.rest.api;

import io.overt.rest.http.Exchange;
import io.overt.rest.http.Format;
import io.overt.rest.http.HttpProblem;
import io.overt.rest.http.Negotiation;
import io.overt.rest.login.Identity;
import java.util.List;
import java.util.Locale;

/**
 * An admitted request.
 *
 * @param segments of the path below the API's base
 * @param info with the base of the addresses in the answer
 */
record ApiRequest(
    Exchange exchange,
    Identity identity,
    Dialect dialect,
    List<String> segments,
    RequestInfo info) {

  /** What features find by {@code Call.context}. */
  List<Object> context() {
    return List.of(identity.caller(), identity, info);
  }

  /** Whether one of the two expectation headers says that word. */
  boolean expects(String word) {
    for (String header : List.of("X-Ovirt-Expect", "Expect")) {
      for (String value : exchange.headers(header)) {
        if (value.toLowerCase(Locale.ROOT).contains(word)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The answer's form, or XML when the request asks for none that there is: for faults. */
  static Format formOrXml(Exchange exchange) {
    try {
      return Negotiation.answer(exchange.headers("Accept"), exchange.query().get("accept"));
    } catch (HttpProblem e) {
      return Format.XML;
    }
  }
}
