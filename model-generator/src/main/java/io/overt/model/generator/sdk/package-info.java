/**
 * Generator of the Java SDK: tables, types and services from {@code model.json}.
 *
 * <p>Starting point: {@link io.overt.model.generator.sdk.SdkGenerator}.
 */
@NullMarked
package io.overt.model.generator.sdk;

import org.jspecify.annotations.NullMarked;
