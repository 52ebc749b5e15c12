/** Tests of the configuration, the admin channel and the count of what is implemented. */
@NullMarked
package io.overt.engine.config;

import org.jspecify.annotations.NullMarked;
