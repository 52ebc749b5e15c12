package io.overt.inventory.search;

import io.overt.inventory.Entity;
import java.util.Collection;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A cross reference: from an object to related objects whose fields can be searched.
 *
 * @param target looked up late, because references lead in circles
 */
record Relation(
    Supplier<SearchObject<?>> target,
    BiFunction<Scope, Entity<?>, Collection<? extends Entity<?>>> related) {}
