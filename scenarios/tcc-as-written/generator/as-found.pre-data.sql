-- Production as it was found: what 30 recorded migrations left, and what people added by hand.

CREATE TABLE public."_prisma_migrations" (
    "id" VARCHAR(36) NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE public."agencies" (
    "id" text NOT NULL,
    "name" text NOT NULL,
    "type" text NOT NULL,
    "contactInfo" jsonb,
    "region" text NOT NULL,
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public."center_users" (
    "id" text NOT NULL,
    "email" text NOT NULL,
    "password" text NOT NULL,
    "name" text NOT NULL,
    "userType" text NOT NULL,
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL,
    "deletedAt" timestamp(3) without time zone,
    "isDeleted" boolean DEFAULT false NOT NULL,
    "phone" text,
    "emailNotifications" boolean DEFAULT true,
    "smsNotifications" boolean DEFAULT false
);

CREATE TABLE public."cost_centers" (
    "id" text NOT NULL,
    "name" text NOT NULL,
    "description" text,
    "code" text NOT NULL,
    "overheadRate" numeric(5,2) DEFAULT 0.0 NOT NULL,
    "fixedCosts" numeric(10,2) DEFAULT 0.0 NOT NULL,
    "variableCosts" numeric(10,2) DEFAULT 0.0 NOT NULL,
    "allocationMethod" text DEFAULT 'TRIP_COUNT'::text NOT NULL,
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public."dropdown_categories" (
    "id" text NOT NULL,
    "slug" text NOT NULL,
    "displayName" text NOT NULL,
    "displayOrder" integer DEFAULT 0 NOT NULL,
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public."dropdown_category_defaults" (
    "id" text NOT NULL,
    "category" text NOT NULL,
    "optionId" text NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public."dropdown_options" (
    "id" text NOT NULL,
    "category" text NOT NULL,
    "categoryId" text,
    "value" text NOT NULL,
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public."ems_agencies" (
    "id" text NOT NULL,
    "name" text NOT NULL,
    "contactName" text NOT NULL,
    "phone" text NOT NULL,
    "email" text NOT NULL,
    "address" text NOT NULL,
    "city" text NOT NULL,
    "state" text NOT NULL,
    "zipCode" text NOT NULL,
    "serviceArea" text[],
    "operatingHours" jsonb,
    "capabilities" text[],
    "pricingStructure" jsonb,
    "isActive" boolean DEFAULT true NOT NULL,
    "status" text DEFAULT 'ACTIVE'::text NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL,
    "acceptsNotifications" boolean DEFAULT true NOT NULL,
    "approvedAt" timestamp(3) without time zone,
    "approvedBy" text,
    "availableUnits" integer DEFAULT 0 NOT NULL,
    "lastUpdated" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "latitude" double precision,
    "longitude" double precision,
    "notificationMethods" text[],
    "requiresReview" boolean DEFAULT false NOT NULL,
    "serviceRadius" integer,
    "totalUnits" integer DEFAULT 0 NOT NULL,
    "availabilityStatus" jsonb DEFAULT '{"isAvailable": false, "availableLevels": []}'::jsonb,
    "addedBy" text,
    "addedAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

COMMENT ON COLUMN public.ems_agencies."availabilityStatus" IS 'Whether the agency takes trips, and of which levels';

CREATE TABLE public."ems_users" (
    "id" text NOT NULL,
    "email" text NOT NULL,
    "password" text NOT NULL,
    "name" text NOT NULL,
    "agencyName" text NOT NULL,
    "agencyId" text,
    "isActive" boolean DEFAULT true NOT NULL,
    "userType" text DEFAULT 'EMS'::text NOT NULL,
    "isSubUser" boolean DEFAULT false NOT NULL,
    "parentUserId" text,
    "mustChangePassword" boolean DEFAULT false NOT NULL,
    "orgAdmin" boolean DEFAULT false NOT NULL,
    "deletedAt" timestamp(3) without time zone,
    "isDeleted" boolean DEFAULT false NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public."facilities" (
    "id" text NOT NULL,
    "name" text NOT NULL,
    "type" text NOT NULL,
    "address" text NOT NULL,
    "city" text NOT NULL,
    "state" text NOT NULL,
    "zipCode" text NOT NULL,
    "phone" text,
    "email" text,
    "region" text NOT NULL,
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public."healthcare_agency_preferences" (
    "id" text NOT NULL,
    "healthcareUserId" text NOT NULL,
    "agencyId" text NOT NULL,
    "isPreferred" boolean DEFAULT false NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public."healthcare_destinations" (
    "id" text NOT NULL,
    "healthcare_user_id" text NOT NULL,
    "name" text NOT NULL,
    "type" text NOT NULL,
    "address" text NOT NULL,
    "city" text NOT NULL,
    "state" text NOT NULL,
    "zip_code" text NOT NULL,
    "phone" text,
    "email" text,
    "contact_name" text,
    "latitude" double precision,
    "longitude" double precision,
    "is_active" boolean DEFAULT true NOT NULL,
    "notes" text,
    "created_at" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updated_at" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public."healthcare_locations" (
    "id" text NOT NULL,
    "healthcareUserId" text NOT NULL,
    "locationName" character varying(255) NOT NULL,
    "address" character varying(255) NOT NULL,
    "city" character varying(100) NOT NULL,
    "state" character varying(2) NOT NULL,
    "zipCode" character varying(10) NOT NULL,
    "phone" character varying(20),
    "facilityType" character varying(50) NOT NULL,
    "isActive" boolean DEFAULT true NOT NULL,
    "isPrimary" boolean DEFAULT false NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL,
    "latitude" double precision,
    "longitude" double precision
);

CREATE TABLE public."healthcare_users" (
    "id" text NOT NULL,
    "email" text NOT NULL,
    "password" text NOT NULL,
    "name" text NOT NULL,
    "facilityName" text NOT NULL,
    "facilityType" text NOT NULL,
    "userType" text DEFAULT 'HEALTHCARE'::text NOT NULL,
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL,
    "manageMultipleLocations" boolean DEFAULT false NOT NULL,
    "deletedAt" timestamp(3) without time zone,
    "isDeleted" boolean DEFAULT false NOT NULL,
    "isSubUser" boolean DEFAULT false NOT NULL,
    "parentUserId" text,
    "mustChangePassword" boolean DEFAULT false NOT NULL,
    "orgAdmin" boolean DEFAULT false NOT NULL
);

CREATE TABLE public."hospitals" (
    "id" text NOT NULL,
    "name" text NOT NULL,
    "address" text NOT NULL,
    "city" text NOT NULL,
    "state" text NOT NULL,
    "zipCode" text NOT NULL,
    "phone" text,
    "email" text,
    "type" text NOT NULL,
    "capabilities" text[],
    "region" text NOT NULL,
    "coordinates" jsonb,
    "latitude" double precision,
    "longitude" double precision,
    "operatingHours" text,
    "isActive" boolean DEFAULT true NOT NULL,
    "requiresReview" boolean DEFAULT false NOT NULL,
    "approvedAt" timestamp(3) without time zone,
    "approvedBy" text,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public."pickup_locations" (
    "id" text NOT NULL,
    "hospitalId" text NOT NULL,
    "name" text NOT NULL,
    "description" text,
    "contactPhone" text,
    "contactEmail" text,
    "floor" text,
    "room" text,
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public."route_optimization_settings" (
    "id" text NOT NULL,
    "agencyId" text,
    "deadheadMileWeight" numeric(5,2) DEFAULT 1.0 NOT NULL,
    "waitTimeWeight" numeric(5,2) DEFAULT 1.0 NOT NULL,
    "backhaulBonusWeight" numeric(5,2) DEFAULT 1.0 NOT NULL,
    "overtimeRiskWeight" numeric(5,2) DEFAULT 1.0 NOT NULL,
    "revenueWeight" numeric(5,2) DEFAULT 1.0 NOT NULL,
    "maxDeadheadMiles" numeric(6,2) DEFAULT 50.0 NOT NULL,
    "maxWaitTimeMinutes" integer DEFAULT 30 NOT NULL,
    "maxOvertimeHours" numeric(4,2) DEFAULT 4.0 NOT NULL,
    "maxResponseTimeMinutes" integer DEFAULT 15 NOT NULL,
    "maxServiceDistance" numeric(6,2) DEFAULT 100.0 NOT NULL,
    "backhaulTimeWindow" integer DEFAULT 60 NOT NULL,
    "backhaulDistanceLimit" numeric(6,2) DEFAULT 25.0 NOT NULL,
    "backhaulRevenueBonus" numeric(8,2) DEFAULT 50.0 NOT NULL,
    "enableBackhaulOptimization" boolean DEFAULT true NOT NULL,
    "targetLoadedMileRatio" numeric(3,2) DEFAULT 0.75 NOT NULL,
    "targetRevenuePerHour" numeric(8,2) DEFAULT 200.0 NOT NULL,
    "targetResponseTime" integer DEFAULT 12 NOT NULL,
    "targetEfficiency" numeric(3,2) DEFAULT 0.85 NOT NULL,
    "optimizationAlgorithm" text DEFAULT 'HYBRID'::text NOT NULL,
    "maxOptimizationTime" integer DEFAULT 30 NOT NULL,
    "enableRealTimeOptimization" boolean DEFAULT true NOT NULL,
    "crewAvailabilityWeight" numeric(5,2) DEFAULT 1.0 NOT NULL,
    "equipmentCompatibilityWeight" numeric(5,2) DEFAULT 1.0 NOT NULL,
    "patientPriorityWeight" numeric(5,2) DEFAULT 1.0 NOT NULL,
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public."system_analytics" (
    "id" text NOT NULL,
    "metricName" text NOT NULL,
    "metricValue" jsonb NOT NULL,
    "timestamp" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "userId" text
);

CREATE TABLE public."transport_requests" (
    "id" text NOT NULL,
    "tripNumber" text,
    "patientId" text NOT NULL,
    "patientWeight" text,
    "specialNeeds" text,
    "originFacilityId" text,
    "destinationFacilityId" text,
    "fromLocation" text,
    "toLocation" text,
    "scheduledTime" timestamp(3) without time zone,
    "transportLevel" text NOT NULL,
    "urgencyLevel" text,
    "priority" text NOT NULL,
    "status" text DEFAULT 'PENDING'::text NOT NULL,
    "specialRequirements" text,
    "diagnosis" text,
    "mobilityLevel" text,
    "oxygenRequired" boolean DEFAULT false NOT NULL,
    "monitoringRequired" boolean DEFAULT false NOT NULL,
    "generateQRCode" boolean DEFAULT false NOT NULL,
    "qrCodeData" text,
    "selectedAgencies" text[],
    "notificationRadius" integer,
    "requestTimestamp" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "acceptedTimestamp" timestamp(3) without time zone,
    "pickupTimestamp" timestamp(3) without time zone,
    "completionTimestamp" timestamp(3) without time zone,
    "assignedAgencyId" text,
    "assignedUnitId" text,
    "createdById" text,
    "isolation" boolean DEFAULT false NOT NULL,
    "bariatric" boolean DEFAULT false NOT NULL,
    "notes" text,
    "transferRequestTime" timestamp(3) without time zone,
    "transferAcceptedTime" timestamp(3) without time zone,
    "emsArrivalTime" timestamp(3) without time zone,
    "emsDepartureTime" timestamp(3) without time zone,
    "readyStart" timestamp(3) without time zone,
    "readyEnd" timestamp(3) without time zone,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL,
    "fromLocationId" text,
    "isMultiLocationFacility" boolean DEFAULT false NOT NULL,
    "patientAgeYears" integer,
    "patientAgeCategory" text,
    "healthcareCompletionTimestamp" timestamp(3) without time zone,
    "emsCompletionTimestamp" timestamp(3) without time zone,
    "arrivalTimestamp" timestamp(3) without time zone,
    "departureTimestamp" timestamp(3) without time zone,
    "pickupLocationId" text,
    "healthcareCreatedById" text
);

CREATE TABLE public."trip_cost_breakdowns" (
    "id" text NOT NULL,
    "tripId" text NOT NULL,
    "baseRevenue" numeric(10,2) NOT NULL,
    "mileageRevenue" numeric(10,2) NOT NULL,
    "priorityRevenue" numeric(10,2) NOT NULL,
    "specialRequirementsRevenue" numeric(10,2) NOT NULL,
    "insuranceAdjustment" numeric(10,2) NOT NULL,
    "totalRevenue" numeric(10,2) NOT NULL,
    "crewLaborCost" numeric(10,2) NOT NULL,
    "vehicleCost" numeric(10,2) NOT NULL,
    "fuelCost" numeric(10,2) NOT NULL,
    "maintenanceCost" numeric(10,2) NOT NULL,
    "overheadCost" numeric(10,2) NOT NULL,
    "totalCost" numeric(10,2) NOT NULL,
    "grossProfit" numeric(10,2) NOT NULL,
    "profitMargin" numeric(5,2) NOT NULL,
    "revenuePerMile" numeric(8,2) NOT NULL,
    "costPerMile" numeric(8,2) NOT NULL,
    "loadedMileRatio" numeric(3,2) NOT NULL,
    "deadheadMileRatio" numeric(3,2) NOT NULL,
    "utilizationRate" numeric(3,2) NOT NULL,
    "tripDistance" numeric(6,2) NOT NULL,
    "loadedMiles" numeric(6,2) NOT NULL,
    "deadheadMiles" numeric(6,2) NOT NULL,
    "tripDurationHours" numeric(4,2) NOT NULL,
    "transportLevel" text NOT NULL,
    "priorityLevel" text NOT NULL,
    "costCenterId" text,
    "costCenterName" text,
    "calculatedAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);

CREATE TABLE public."trips" (
    "id" text NOT NULL,
    "tripNumber" text NOT NULL,
    "patientId" text NOT NULL,
    "patientWeight" text,
    "specialNeeds" text,
    "fromLocation" text NOT NULL,
    "toLocation" text NOT NULL,
    "scheduledTime" timestamp(3) without time zone NOT NULL,
    "transportLevel" text NOT NULL,
    "urgencyLevel" text NOT NULL,
    "diagnosis" text,
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
    "status" text NOT NULL,
    "priority" text NOT NULL,
    "notes" text,
    "assignedTo" text,
    "assignedAgencyId" text,
    "assignedUnitId" text,
    "acceptedTimestamp" timestamp(3) without time zone,
    "pickupTimestamp" timestamp(3) without time zone,
    "completionTimestamp" timestamp(3) without time zone,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL,
    "patientAgeYears" integer,
    "patientAgeCategory" text
);
