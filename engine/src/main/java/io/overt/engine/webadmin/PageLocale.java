package io.overt.engine.webadmin;

import io.overt.rest.http.Exchange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The language of the page: what the address asks for, else what the browser prefers, of those that
 * oVirt's pages have. Plugins break on others.
 */
final class PageLocale {
  private static final List<String> KNOWN =
      List.of(
          "en-US", "cs-CZ", "de-DE", "es-ES", "fr-FR", "it-IT", "ja-JP", "ka-GE", "ko-KR", "pt-BR",
          "zh-CN");

  private PageLocale() {}

  /** As {@code de-DE}. */
  static String of(Exchange exchange) {
    String asked = exchange.query().get("locale");
    Stream<Locale> wishes =
        Stream.concat(
            Stream.ofNullable(asked).map(text -> Locale.forLanguageTag(text.replace('_', '-'))),
            exchange.locales().stream());
    return wishes.flatMap(wish -> known(wish).stream()).findFirst().orElse(KNOWN.getFirst());
  }

  private static Optional<String> known(Locale wish) {
    String language = wish.getLanguage();
    return KNOWN.stream()
        .filter(tag -> tag.equals(wish.toLanguageTag()))
        .findFirst()
        .or(() -> KNOWN.stream().filter(tag -> tag.startsWith(language + "-")).findFirst())
        .filter(tag -> !language.isEmpty());
  }
}
