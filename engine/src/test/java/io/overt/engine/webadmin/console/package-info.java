/** Tests of the page's consoles. */
@org.jspecify.annotations.NullMarked
package io.overt.engine.webadmin.console;
