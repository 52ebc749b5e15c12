/** Tests of what the engine moves by itself. */
@org.jspecify.annotations.NullMarked
package io.overt.engine.balancing;
