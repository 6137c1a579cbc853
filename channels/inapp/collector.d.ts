/** What the widget needs to know; see docs/widget.md. */
export interface Options {
  /** Where the service's widget calls are, with the slash: `https://ask.example.com/w/v1/`. */
  api: string;
  /** The site's public key, `pk_…`. */
  key: string;
  /** A JWT signed by your server for whoever looks at the page; may come later by `identify`. */
  identity?: string;
  /** Says in the console why nothing was shown. */
  debug?: boolean;
  /** Lets answers that wait for the network outlive a reload, in sessionStorage. Off by default. */
  storage?: boolean;
  /** Instead of what the system prefers. */
  theme?: 'light' | 'dark';
  /** Seconds at least between two looks that navigation causes; 1 by default. */
  pause?: number;
}

/** Facts about an event, for rules to look at: plain JSON, at most 12,000 bytes and 8 levels. */
export type Context = { [name: string]: Json };
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** Takes commands; none of them throws or returns anything. */
export interface Collector {
  /** Says who looks at the page, also when the former JWT runs out; looks for a question. */
  (command: 'identify', jwt: string): void;
  /** Reports an event; its type must be on the site's list. Kept until it got through. */
  (command: 'track', type: string, context?: Context): void;
  /** Looks for a question now. */
  (command: 'check'): void;
  /** Takes an open question away without telling the service: it will be asked again. */
  (command: 'close'): void;
  /** After signing out: forgets who it was, and what still waited to be sent for them. */
  (command: 'reset'): void;
  (command: 'debug', on?: boolean): void;
}

/** Makes a widget. Nothing is asked before `check` or `identify`. */
export function start(options: Options): Collector;
