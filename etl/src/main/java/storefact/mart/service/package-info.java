/** Marts about services that are sold before they are used: washes of ten, monthly passes. */
package storefact.mart.service;
