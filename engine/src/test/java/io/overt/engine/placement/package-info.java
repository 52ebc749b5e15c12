/** Tests of what placement knows and decides. */
@org.jspecify.annotations.NullMarked
package io.overt.engine.placement;
