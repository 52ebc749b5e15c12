package io.overt.model;

import org.jspecify.annotations.Nullable;

/** A parameter of an operation. */
public record ParameterType(
    String name, boolean in, boolean out, Kind kind, boolean list, @Nullable String reference) {}
