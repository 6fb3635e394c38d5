/** The parts of `@opentelemetry/api` that are used. Its module is handed in, so that nothing here depends on it. */

export interface Attributes {
  [name: string]: string | number | undefined;
}

export interface OpenTelemetrySpan {
  setAttribute(name: string, value: string | number): unknown;
  setAttributes(attributes: Attributes): unknown;
  updateName(name: string): unknown;
  setStatus(status: { code: number }): unknown;
  recordException(error: Error | string): void;
  end(): void;
}

export interface OpenTelemetryContext {
  getValue(key: symbol): unknown;
  setValue(key: symbol, value: unknown): OpenTelemetryContext;
  deleteValue(key: symbol): OpenTelemetryContext;
}

export interface OpenTelemetryApi {
  readonly context: {
    active(): OpenTelemetryContext;
    with(context: OpenTelemetryContext, work: () => void): unknown;
  };
  readonly propagation: {
    extract<Carrier>(
      context: OpenTelemetryContext,
      carrier: Carrier,
      getter: {
        keys(carrier: Carrier): string[];
        get(carrier: Carrier, name: string): string | undefined;
      },
    ): OpenTelemetryContext;
  };
  readonly trace: {
    getTracer(name: string): {
      startSpan(
        name: string,
        options: { kind: number; attributes: Attributes },
        context: OpenTelemetryContext,
      ): OpenTelemetrySpan;
    };
    getSpan(context: OpenTelemetryContext): OpenTelemetrySpan | undefined;
    setSpan(context: OpenTelemetryContext, span: never): OpenTelemetryContext;
  };
  readonly metrics: {
    getMeter(name: string): {
      createHistogram(
        name: string,
        options: {
          description: string;
          unit: string;
          advice: { explicitBucketBoundaries: number[] };
        },
      ): { record(value: number, attributes: Attributes): void };
    };
  };
}
