package io.overt.rest.login;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client's wish to stay logged in by cookie.
 *
 * @param idle time without a request after which the session ends; null for the default
 * @param protectedFromForgery whether later requests have to repeat the session's id in a header
 */
public record Keep(@Nullable Duration idle, boolean protectedFromForgery) {}
