/** Tests of rules that bind machines to each other and to hosts. */
@org.jspecify.annotations.NullMarked
package io.overt.engine.affinity;
