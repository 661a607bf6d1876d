"""The properties of directory types: what a $select may name and what comes without one."""

USER = frozenset(
    """id deletedDateTime accountEnabled businessPhones city companyName country createdDateTime creationType department
    displayName employeeId employeeType externalUserState externalUserStateChangeDateTime givenName identities jobTitle
    mail mailNickname mobilePhone officeLocation onPremisesSyncEnabled otherMails preferredLanguage proxyAddresses
    signInActivity surname usageLocation userPrincipalName userType assignedLicenses state streetAddress postalCode
    passwordPolicies lastPasswordChangeDateTime onPremisesImmutableId onPremisesSamAccountName securityIdentifier
    signInSessionsValidFromDateTime showInAddressList faxNumber imAddresses ageGroup consentProvidedForMinor""".split()
)
USER_DEFAULT = tuple(
    """id businessPhones displayName givenName jobTitle mail mobilePhone officeLocation preferredLanguage surname
    userPrincipalName""".split()
)
PATCHABLE: dict[str, type | tuple[type, ...]] = {
    "accountEnabled": bool,
    "businessPhones": list,
    "city": str,
    "companyName": str,
    "country": str,
    "department": str,
    "displayName": str,
    "employeeId": str,
    "employeeType": str,
    "givenName": str,
    "jobTitle": str,
    "mail": str,
    "mailNickname": str,
    "mobilePhone": str,
    "officeLocation": str,
    "otherMails": list,
    "preferredLanguage": str,
    "surname": str,
    "usageLocation": str,
    "userPrincipalName": str,
    "userType": str,
}
GROUP = frozenset(
    """id deletedDateTime classification createdDateTime description displayName expirationDateTime groupTypes
    isAssignableToRole mail mailEnabled mailNickname membershipRule membershipRuleProcessingState onPremisesSyncEnabled
    proxyAddresses renewedDateTime securityEnabled securityIdentifier visibility resourceProvisioningOptions
    resourceBehaviorOptions preferredLanguage theme""".split()
)
SERVICE_PRINCIPAL = frozenset(
    """id deletedDateTime accountEnabled alternativeNames appDescription appDisplayName appId appOwnerOrganizationId
    appRoleAssignmentRequired appRoles description displayName homepage info loginUrl logoutUrl notes
    oauth2PermissionScopes preferredSingleSignOnMode replyUrls servicePrincipalNames servicePrincipalType
    signInAudience tags verifiedPublisher""".split()
)
TYPE_NAMES = {
    "users": "user",
    "groups": "group",
    "servicePrincipals": "servicePrincipal",
    "directoryRoles": "directoryRole",
}
