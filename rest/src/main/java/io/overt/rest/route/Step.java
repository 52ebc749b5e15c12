package io.overt.rest.route;

import io.overt.model.ServiceType;

/**
 * A step of a path.
 *
 * @param segment as in the path: a locator's name or an id
 * @param model the segment by which the model's service finds what is next
 * @param target the service it leads to
 * @param id whether the segment is an id
 */
public record Step(String segment, String model, ServiceType target, boolean id) {}
