/**
 * Reading and writing domain XML.
 *
 * <p>Starting points: {@link io.overt.agent.xml.Xml}.
 */
@NullMarked
package io.overt.agent.xml;

import org.jspecify.annotations.NullMarked;
