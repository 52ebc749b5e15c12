/** The web administration's doors, asked by a client over HTTP. */
@org.jspecify.annotations.NullMarked
package io.overt.engine.webadmin;
