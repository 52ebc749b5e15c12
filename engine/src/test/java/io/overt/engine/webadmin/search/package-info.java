/** Tests of the help with half-written searches. */
@org.jspecify.annotations.NullMarked
package io.overt.engine.webadmin.search;
