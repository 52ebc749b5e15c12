package io.overt.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On the method of an operation that judges its request, so that its refusals name what is wrong,
 * and then refuses what is left as well, or finds nothing because no other part of Overt makes what
 * it would show. It does not count as implemented.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface NeverSucceeds {}
