// Functions that run in the page use what a page has.
/// <reference lib="dom" />

/** What the tests use of Playwright, whose own types would bring it into `deno.lock`. */
export interface Browser {
  newContext(options: { readonly javaScriptEnabled: boolean }): Promise<Context>;
  close(): Promise<void>;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Context {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

export interface Page {
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
  readonly mouse: { move(x: number, y: number): Promise<void>; down(): Promise<void>; up(): Promise<void> };
  on<Name extends keyof PageEvents>(name: Name, hear: (event: PageEvents[Name]) => void): void;
  goto(url: string, options?: { readonly waitUntil?: "load" | "domcontentloaded" }): Promise<unknown>;
  reload(): Promise<unknown>;
  close(): Promise<void>;
  url(): string;
  waitForURL(url: string | RegExp): Promise<void>;
  locator(selector: string): Locator;
  setViewportSize(size: Size): Promise<void>;
  emulateMedia(media: {
    readonly media?: "screen" | "print";
    readonly colorScheme?: "light" | "dark";
  }): Promise<void>;
  // A function runs in the page: it may use nothing but its argument.
  evaluate<Result>(run: () => Result | Promise<Result>): Promise<Result>;
  evaluate<Argument, Result>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  waitForFunction(isSo: () => boolean): Promise<unknown>;
  waitForFunction<Argument>(isSo: (argument: Argument) => boolean, argument: Argument): Promise<unknown>;
  screenshot(options: { readonly path: string; readonly fullPage?: boolean }): Promise<Uint8Array>;
}

export interface PageEvents {
  readonly console: { type(): string; text(): string };
  readonly pageerror: Error;
  readonly dialog: { message(): string; dismiss(): Promise<void> };
  readonly request: { url(): string };
}

export interface Locator {
  first(): Locator;
  nth(index: number): Locator;
  locator(selector: string): Locator;
  count(): Promise<number>;
  click(): Promise<void>;
  check(): Promise<void>;
  focus(): Promise<void>;
  hover(): Promise<void>;
  fill(text: string): Promise<void>;
  selectOption(value: string): Promise<unknown>;
  press(key: string): Promise<void>;
  isVisible(): Promise<boolean>;
  isChecked(): Promise<boolean>;
  inputValue(): Promise<string>;
  innerText(): Promise<string>;
  textContent(): Promise<string | null>;
  allTextContents(): Promise<string[]>;
  getAttribute(name: string): Promise<string | null>;
  waitFor(options?: { readonly state?: "visible" | "attached"; readonly timeout?: number }): Promise<void>;
}
