/** Names for the bodies of the contract, so that handlers need not spell them out. */
import type { components } from "../../generated/types.ts";

type Schemas = components["schemas"];

export type Asset = Schemas["Asset"];
export type BrandKit = Schemas["BrandKit"];
export type Broadcast = Schemas["Broadcast"];
export type BroadcastStatus = Schemas["BroadcastStatus"];
export type JourneyRun = Schemas["JourneyRun"];
export type JourneyRecipient = Schemas["JourneyRecipient"];
export type RequestIssue = Schemas["RequestIssue"];
export type Segment = Schemas["Segment"];
export type SenderProfile = Schemas["SenderProfile"];
export type Template = Schemas["Template"];
