/**
 * The door for HTTP: one server for the API in all its versions, single sign-on, certificates and
 * health, with limits on what any client can take. Routes by the model and knows no feature.
 *
 * <p>Starting points: {@link io.overt.rest.ApiServer}, {@link io.overt.rest.ApiServerConfig},
 * {@link io.overt.rest.ApiPorts}.
 */
@NullMarked
package io.overt.rest;

import org.jspecify.annotations.NullMarked;
