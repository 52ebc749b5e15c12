package io.overt.rest.route;

import io.overt.model.ServiceType;

/**
 * A step of a path.
 *
 * @param segment as in the path: a locator's name or an id
 * @param target the service it leads to
 * @param id whether the segment is an id
 */
public record Step(String segment, ServiceType target, boolean id) {}
