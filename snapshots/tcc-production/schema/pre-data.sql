CREATE TABLE public._prisma_migrations (
    id character varying(36) NOT NULL,
    checksum character varying(64) NOT NULL,
    finished_at timestamp with time zone,
    migration_name character varying(255) NOT NULL,
    logs text,
    rolled_back_at timestamp with time zone,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    applied_steps_count integer DEFAULT 0 NOT NULL
);

CREATE TABLE public.center_users (
    id text NOT NULL,
    email text NOT NULL,
    password text NOT NULL,
    name text NOT NULL,
    "userType" text NOT NULL,
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public.ems_agencies (
    id text NOT NULL,
    name text NOT NULL,
    "contactName" text NOT NULL,
    phone text NOT NULL,
    email text NOT NULL,
    address text NOT NULL,
    city text NOT NULL,
    state text NOT NULL,
    "zipCode" text NOT NULL,
    "serviceArea" text[],
    "operatingHours" jsonb,
    capabilities text[],
    "pricingStructure" jsonb,
    "isActive" boolean DEFAULT true NOT NULL,
    status text DEFAULT 'ACTIVE'::text NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL,
    "acceptsNotifications" boolean DEFAULT true NOT NULL,
    "approvedAt" timestamp(3) without time zone,
    "approvedBy" text,
    "availableUnits" integer DEFAULT 0 NOT NULL,
    "lastUpdated" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    latitude double precision,
    longitude double precision,
    "notificationMethods" text[],
    "requiresReview" boolean DEFAULT false NOT NULL,
    "serviceRadius" integer,
    "totalUnits" integer DEFAULT 0 NOT NULL,
    "addedBy" text,
    "addedAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE public.facilities (
    id text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    city text NOT NULL,
    state text NOT NULL,
    "zipCode" text NOT NULL,
    phone text,
    email text,
    type text NOT NULL,
    region text NOT NULL,
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public.hospitals (
    id text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    city text NOT NULL,
    state text NOT NULL,
    "zipCode" text NOT NULL,
    phone text,
    email text,
    type text NOT NULL,
    capabilities text[],
    region text NOT NULL,
    coordinates jsonb,
    latitude double precision,
    longitude double precision,
    "operatingHours" text,
    "isActive" boolean DEFAULT true NOT NULL,
    "requiresReview" boolean DEFAULT false NOT NULL,
    "approvedAt" timestamp(3) without time zone,
    "approvedBy" text,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public.system_analytics (
    id text NOT NULL,
    "metricName" text NOT NULL,
    "metricValue" jsonb NOT NULL,
    "timestamp" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "userId" text
);

CREATE TABLE public.trips (
    id text NOT NULL,
    "tripNumber" text NOT NULL,
    "patientId" text NOT NULL,
    "patientWeight" text,
    "specialNeeds" text,
    "fromLocation" text NOT NULL,
    "toLocation" text NOT NULL,
    "scheduledTime" timestamp(3) without time zone NOT NULL,
    "transportLevel" text NOT NULL,
    "urgencyLevel" text NOT NULL,
    diagnosis text,
    "mobilityLevel" text,
    "oxygenRequired" boolean DEFAULT false NOT NULL,
    "monitoringRequired" boolean DEFAULT false NOT NULL,
    "generateQRCode" boolean DEFAULT false NOT NULL,
    "qrCodeData" text,
    "selectedAgencies" text[],
    "notificationRadius" integer,
    "transferRequestTime" timestamp(3) without time zone,
    "transferAcceptedTime" timestamp(3) without time zone,
    "emsArrivalTime" timestamp(3) without time zone,
    "emsDepartureTime" timestamp(3) without time zone,
    "actualStartTime" timestamp(3) without time zone,
    "actualEndTime" timestamp(3) without time zone,
    status text NOT NULL,
    priority text NOT NULL,
    notes text,
    "assignedTo" text,
    "assignedAgencyId" text,
    "assignedUnitId" text,
    "acceptedTimestamp" timestamp(3) without time zone,
    "pickupTimestamp" timestamp(3) without time zone,
    "completionTimestamp" timestamp(3) without time zone,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public.units (
    id text NOT NULL,
    "agencyId" text NOT NULL,
    "unitNumber" text NOT NULL,
    type text NOT NULL,
    "currentStatus" text DEFAULT 'AVAILABLE'::text NOT NULL,
    "currentLocation" text,
    capabilities text[],
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);
