/** What the two organizations of the seed have. */
import type { JourneyStep } from "../journeys/journey.ts";
import type { Row, Tables } from "./insert.ts";
import { stableId } from "./stable-id.ts";

/** Its name, and the domain that its mail comes from. */
export interface Company {
  readonly name: string;
  readonly domain: string;
}

export const companies: readonly Company[] = [
  { name: "Harbor & Pine", domain: "harborandpine.example" },
  { name: "Tidewater Coffee", domain: "tidewatercoffee.example" },
];

/** Ids by what they are ids of. */
export function idsOf({ domain }: Company) {
  const id = (what: string): string => stableId(`${domain}/${what}`);
  return {
    id: id("organization"),
    userId: id("user/1"),
    otherUserId: id("user/2"),
    senderProfileId: id("sender"),
    templateId: id("template/ready"),
    personalTemplateId: id("template/personal"),
    incompleteTemplateId: id("template/incomplete"),
    archivedTemplateId: id("template/archived"),
    segmentId: id("segment/subscribers"),
    vipSegmentId: id("segment/vip"),
    journeyId: id("journey/welcome"),
    runId: id("run/completed"),
    broadcastId: id("broadcast/sent"),
    pausedBroadcastId: id("broadcast/paused"),
    assetId: id("asset/logo"),
    brandKitId: id("brand-kit/default"),
  };
}

export type CompanyIds = ReturnType<typeof idsOf>;

/** Everything that the API reads. */
export function contentOf(company: Company, contacts: number): Tables {
  const ids = idsOf(company);
  const { name, domain } = company;
  const organization_id = ids.id;
  return [
    ["organizations", [{ id: ids.id, name }]],
    [
      "users",
      [
        { organization_id, id: ids.userId, email: `marta@${domain}` },
        { organization_id, id: ids.otherUserId, email: `jonas@${domain}` },
      ],
    ],
    [
      "sender_profiles",
      [
        {
          organization_id,
          id: ids.senderProfileId,
          name: `Marta from ${name}`,
          from_email: `marta@${domain}`,
        },
      ],
    ],
    ["contacts", contactRows(company, contacts)],
    ["segments", segmentRows(company)],
    ["templates", templateRows(company)],
    ["journeys", [journeyRow(company)]],
    ["brand_kits", [brandKitRow(company)]],
  ];
}

/** Of every ten, two are VIPs, one has no first name and one has not subscribed. */
function contactRows(company: Company, count: number): Row[] {
  const { id: organization_id } = idsOf(company);
  return Array.from({ length: count }, (_, index) => ({
    organization_id,
    id: contactId(company, index),
    email: `person-${index}@customers.${company.domain}`,
    user_id: `customer-${index}`,
    subscribed: index % 10 !== 9,
    attributes: JSON.stringify({
      ...(index % 10 === 8 ? {} : { firstName: firstNames[index % firstNames.length] }),
      tier: index % 5 === 0 ? "vip" : "regular",
    }),
  }));
}

export function contactId({ domain }: Company, index: number): string {
  return stableId(`${domain}/contact/${index}`);
}

const firstNames = ["Marta", "Jonas", "Aiko", "Priya", "Tomás", "Zoë", "Kwame"];

function segmentRows(company: Company): Row[] {
  const { id: organization_id, segmentId, vipSegmentId } = idsOf(company);
  return [
    {
      organization_id,
      id: segmentId,
      name: "Everyone",
      description: "All who have subscribed.",
      filter: "{}",
    },
    { organization_id, id: vipSegmentId, name: "VIP", description: null, filter: '{"tier":"vip"}' },
  ];
}

function templateRows(company: Company): Row[] {
  const ids = idsOf(company);
  const common = { organization_id: ids.id, sender_profile_id: ids.senderProfileId };
  const html = "<p>Hello! The autumn colours are back.</p>";
  return [
    {
      ...common,
      id: ids.templateId,
      name: "Autumn restock",
      purpose: "Promotional",
      subject: "The autumn colours are back in stock",
      html,
    },
    {
      ...common,
      id: ids.personalTemplateId,
      name: "Personal letter",
      purpose: "Newsletter",
      subject: "{{firstName}}, something for you",
      html: "<p>Dear {{firstName}}, …</p>",
    },
    {
      ...common,
      id: ids.incompleteTemplateId,
      name: "Monthly letter",
      purpose: "Newsletter",
      subject: null,
      html: null,
      sender_profile_id: null,
    },
    { ...common, id: ids.archivedTemplateId, name: "Last year", status: "Archived", subject: "Old", html },
  ];
}

export const journeySteps: readonly JourneyStep[] = [
  {
    kind: "message",
    subject: "Your order {{orderNumber}}",
    html: "<p>Order {{orderNumber}} is on its way.</p>",
  },
  { kind: "exit-unless-subscribed" },
  { kind: "message", subject: "How was it?", html: "<p>Tell us about order {{orderNumber}}.</p>" },
];

function journeyRow(company: Company): Row {
  const { id: organization_id, journeyId, senderProfileId } = idsOf(company);
  const steps = JSON.stringify(journeySteps);
  return { organization_id, id: journeyId, name: "Order", sender_profile_id: senderProfileId, steps };
}

function brandKitRow(company: Company): Row {
  const { id: organization_id, brandKitId } = idsOf(company);
  const colors = { primary: "#1f4e5f", secondary: "#c8553d", background: "#faf7f2", text: "#23282b" };
  return {
    organization_id,
    id: brandKitId,
    name: company.name,
    is_default: true,
    colors: JSON.stringify(colors),
    fonts: JSON.stringify({ heading: "Fraunces", body: "Source Sans 3" }),
  };
}
