/**
 * The API model at run time: schema, structs with presence, services and calls.
 *
 * <p>Absent and empty are different: a slot that was never set is {@code null}, and an update
 * merges what is present. The types and services themselves are generated into {@code types} and
 * {@code services}.
 *
 * <p>Starting points: {@link io.overt.model.Schema}, {@link io.overt.model.Struct}, {@link
 * io.overt.model.Service}, {@link io.overt.model.Call}.
 */
@NullMarked
package io.overt.model;

import org.jspecify.annotations.NullMarked;
