/**
 * What the model says of types and services, for programs that learn them at run time.
 *
 * <p>Starting point: {@link io.overt.sdk.schema.Schema#current()}. Only what is asked for is read:
 * a program that uses one type pays for one type.
 */
@NullMarked
package io.overt.sdk.schema;

import org.jspecify.annotations.NullMarked;
