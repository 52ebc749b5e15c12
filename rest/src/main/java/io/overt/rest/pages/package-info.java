/**
 * What this server answers besides the API: certificates, health, the API's description, and a page
 * for people who come with a browser.
 *
 * <p>Starting points: {@link io.overt.rest.pages.Pages}, {@link io.overt.rest.pages.Certificates},
 * {@link io.overt.rest.pages.Health}.
 */
@NullMarked
package io.overt.rest.pages;

import org.jspecify.annotations.NullMarked;
