import { Alert } from '@patternfly/react-core';
import { Component, type ErrorInfo, type ReactNode } from 'react';

interface SurfaceProps {
  plugin: string;
  children: ReactNode;
}

/** Keeps an error in drawing something of a plugin from taking the page with it. */
export class Surface extends Component<SurfaceProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(`what the plugin ${this.props.plugin} shows could not be drawn`, error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <Alert isInline variant="danger" title={`${this.props.plugin}: ${error.message}`} />;
  }
}
