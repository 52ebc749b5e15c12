/** Tests of what pages are told. */
@org.jspecify.annotations.NullMarked
package io.overt.engine.webadmin.changes;
