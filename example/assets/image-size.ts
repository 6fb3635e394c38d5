/** Tells what an image is and how large, from its first bytes; of foreign make, so nothing in it is trusted. */
import type { Asset } from "../api/responses.ts";

export interface ImageFacts {
  readonly contentType: Asset["contentType"];
  /** Pixels; `null` for images without a size of their own. */
  readonly width: number | null;
  readonly height: number | null;
}

/** `undefined` for another format than the five, or for an image too damaged to measure. */
export function readImage(bytes: Uint8Array): ImageFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const facts = readPng(view) ?? readGif(view) ?? readWebp(view) ?? readJpeg(view) ?? readSvg(bytes);
  return facts !== undefined && isSize(facts.width) && isSize(facts.height) ? facts : undefined;
}

/** The upper bound is that of PNG (§11.2.1), the largest of the five. */
function isSize(pixels: number | null): boolean {
  return pixels === null || (pixels > 0 && pixels <= 0x7fffffff);
}

/** The chunk IHDR comes first (PNG §11.2.1). */
function readPng(view: DataView): ImageFacts | undefined {
  if (view.byteLength < 24 || view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a)
    return undefined;
  if (ascii(view, 12, 4) !== "IHDR") return undefined;
  return { contentType: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

/** The logical screen descriptor (GIF89a §18). */
function readGif(view: DataView): ImageFacts | undefined {
  if (view.byteLength < 10 || !/^GIF8[79]a$/.test(ascii(view, 0, 6))) return undefined;
  return { contentType: "image/gif", width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** RFC 9649: the first chunk is `VP8 `, `VP8L` or `VP8X`, and each has the size elsewhere. */
function readWebp(view: DataView): ImageFacts | undefined {
  if (view.byteLength < 30 || ascii(view, 0, 4) !== "RIFF" || ascii(view, 8, 4) !== "WEBP") return undefined;
  const size = webpSize(view, ascii(view, 12, 4));
  return size === undefined ? undefined : { contentType: "image/webp", width: size[0], height: size[1] };
}

function webpSize(view: DataView, chunk: string): readonly [number, number] | undefined {
  switch (chunk) {
    case "VP8 ":
      return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case "VP8X":
      return [uint24(view, 24) + 1, uint24(view, 27) + 1];
    default:
      return undefined;
  }
}

/** Skips from marker to marker to the frame header (ITU-T T.81 §B.2.2). */
function readJpeg(view: DataView): ImageFacts | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (isFrame(marker)) {
      return { contentType: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    // A marker may be preceded by any number of fill bytes.
    at += marker === 0xff ? 1 : 2 + Math.max(2, view.getUint16(at + 2));
  }
  return undefined;
}

/** SOF0 to SOF15, without DHT, JPG and DAC, which stand among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Text whose first element is `svg`; it has no pixels. */
function readSvg(bytes: Uint8Array): ImageFacts | undefined {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString("utf8");
  const isSvg = /^\uFEFF?\s*(?:<(?:\?[^<>]*\?|!--[^<>]*--|!DOCTYPE[^<>]*)>\s*)*<svg[\s>]/i.test(head);
  return isSvg ? { contentType: "image/svg+xml", width: null, height: null } : undefined;
}

function ascii(view: DataView, from: number, length: number): string {
  let text = "";
  for (let at = from; at < from + length; at++) text += String.fromCharCode(view.getUint8(at));
  return text;
}

function uint24(view: DataView, at: number): number {
  return view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16);
}
