/**
 * XML-RPC messages: values as Java's own, to and from bytes. Own code, because the libraries at
 * hand have a client alone, or nobody to look after them; the JDK's readers of XML and its HTTP do
 * the rest.
 *
 * <p>Starting points: {@link io.overt.units.xmlrpc.XmlRpc}.
 */
@NullMarked
package io.overt.units.xmlrpc;

import org.jspecify.annotations.NullMarked;
